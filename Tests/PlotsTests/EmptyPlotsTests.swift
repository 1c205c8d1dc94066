// Tests of the plots.
