import { cutAttributes, cutText } from '../cut-texts.ts';

/** Ariadne's limits, in UTF-16 units. */
const MAX_NAME = 1024;
const MAX_TEXT = 100 * 1024;

/**
 * Cuts the name and the long texts of an event, as Ariadne does before it looks at anything else; here also those in
 * lists. A value that needs no cut comes back as it is.
 */
export function cutEvent(event: unknown): unknown {
  if (!isObject(event)) return event;
  const { name, data } = event;
  const cutName = typeof name === 'string' ? cutText(name, MAX_NAME) : name;
  const cutData = event['type'] === 'span' && Boolean(data) ? cutAttributes(toObject(data), MAX_TEXT) : data;
  return cutName === name && cutData === data ? event : { ...event, name: cutName, data: cutData };
}

/** Ariadne's cutting makes an object of whatever `data` is: a list has its indices as keys, a number none. */
function toObject(data: unknown): Record<string, unknown> {
  return isObject(data) && !Array.isArray(data) ? data : Object.fromEntries(Object.entries(Object(data)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
