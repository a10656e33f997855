import { z } from 'zod';

// The content security policy forbids code made from strings, and zod reports a violation by trying when the first
// object schema is made: so this is imported before any.
z.config({ jitless: true });
