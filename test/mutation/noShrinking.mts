import fc from 'fast-check';

// That a mutant is noticed is enough: the smallest example of it would only take time.
fc.configureGlobal({ endOnFailure: true });
