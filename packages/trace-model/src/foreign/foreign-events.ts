/** Names of the log events that tell of a compaction, for who takes logs and keeps only those. */
export const foreignEvents: readonly string[] = ['claude_code.compaction', 'gemini_cli.chat_compression'];
