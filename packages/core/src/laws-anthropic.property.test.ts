import { anthropic } from './dialects/anthropic-dialect.ts';
import { describeLaws } from './testing/describe-laws.fixture.ts';

describeLaws('anthropic', anthropic);
