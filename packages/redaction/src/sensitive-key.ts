const lastWords = new Set([
  'accountkey',
  'apikey',
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'jwt',
  'pass',
  'passcode',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'pwd',
  'secret',
  'secretkey',
  'token',
]);
const wordsBeforeKey = new Set([
  'access',
  'account',
  'api',
  'auth',
  'encryption',
  'master',
  'private',
  'secret',
  'shared',
  'signing',
  'storage',
  'subscription',
]);

/** Whether a key names a secret: by its last word, or the two last, in whatever case: `DB_PASSWORD`, `apiKey`. */
export function isSensitiveKey(key: string): boolean {
  const words = key.slice(-64).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? [];
  const last = words.at(-1)?.toLowerCase() ?? '';
  const before = words.at(-2)?.toLowerCase() ?? '';
  if (last === 'string' && before === 'connection') {
    return true;
  }
  return lastWords.has(last) || (last === 'key' && wordsBeforeKey.has(before));
}
