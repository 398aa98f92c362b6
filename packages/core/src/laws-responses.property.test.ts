import { responses } from './dialects/responses-dialect.ts';
import { describeLaws } from './testing/describe-laws.fixture.ts';

describeLaws('responses', responses);
