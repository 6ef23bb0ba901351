import { render } from 'preact';
import './base.css';
import { App } from './App.tsx';
import { startSession } from './people/session.ts';
import { startRouting } from './route.ts';

startRouting();
startSession();
const root = document.getElementById('app');
if (root) render(<App />, root);
