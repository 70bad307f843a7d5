import { instrument } from '@spanhouse/sdk';

console.log(JSON.stringify(instrument().libraries));
