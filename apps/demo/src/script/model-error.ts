/** What a provider answers to a request that it cannot take: status 400 and a code, as the OpenAI API does. */
export class ModelError extends Error {
  readonly status = 400;
  readonly code: 'context_length_exceeded' | 'invalid_request_error';
  readonly param = 'input';

  constructor(code: ModelError['code'], message: string) {
    super(message);
    this.name = 'ModelError';
    this.code = code;
  }
}
