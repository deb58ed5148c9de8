'use client';
/** A bug in one page is shown below the header and tabs, which stay usable. */
export { default } from '../error';
