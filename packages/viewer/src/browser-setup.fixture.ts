import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import './style.css';

// A chunk that is asked for the first time is compiled first; and a whole page in an error says nothing.
configure({ asyncUtilTimeout: 10_000, getElementError: (message) => new Error(message ?? 'not found') });

afterEach(cleanup);
