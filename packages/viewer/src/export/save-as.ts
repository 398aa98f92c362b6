/** Gives the reader a file to keep. Nothing is sent anywhere. */
export function saveAs(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** An id as part of a file's name. */
export function fileName(id: string, ending: string): string {
  return `${id.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)}.${ending}`;
}
