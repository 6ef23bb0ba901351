import { render } from 'preact';
import './base.css';
import { App } from './App.tsx';
import { startRouting } from './route.ts';

startRouting();
const root = document.getElementById('app');
if (root) render(<App />, root);
