import { render } from 'preact';
import './base.css';
import { App } from './App.tsx';
import { loadSession } from './people/session.ts';
import { startRouting } from './route.ts';

startRouting();
loadSession().catch(() => {
  // Then one is nobody, until the page is loaded anew.
});
const root = document.getElementById('app');
if (root) render(<App />, root);
