// The Agent Server reads `http.app` from a file of the project and not from a package.
export { app } from 'crondeck/engine';
