import { chat } from './dialects/chat-dialect.ts';
import { describeLaws } from './testing/describe-laws.fixture.ts';

describeLaws('chat', chat);
