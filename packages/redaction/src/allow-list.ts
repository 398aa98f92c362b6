/** Whether something may stay: a text that is equal, or an expression that matches somewhere in it. */
export function allowList(allow: readonly (string | RegExp)[]): (found: string) => boolean {
  const texts = new Set(allow.filter((entry) => typeof entry === 'string'));
  const expressions = allow
    .filter((entry) => typeof entry !== 'string')
    // Without what makes an expression remember its last match.
    .map(({ source, flags }) => new RegExp(source, flags.replaceAll(/[gy]/g, '')));
  return (found) => texts.has(found) || expressions.some((expression) => expression.test(found));
}
