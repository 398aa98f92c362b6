import { agents } from './dialects/agents-dialect.ts';
import { describeLaws } from './testing/describe-laws.fixture.ts';

describeLaws('agents', agents);
