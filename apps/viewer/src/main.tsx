import '@clew/viewer/style.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';

// Before any schema is made: the host's content security policy forbids code that is compiled on the way.
config({ jitless: true });

const element = document.querySelector('#app');
if (element === null) throw new Error('The page has no element #app to draw in.');
const { App } = await import('./app.tsx');
createRoot(element).render(
  <StrictMode>
    <App base="" />
  </StrictMode>,
);
