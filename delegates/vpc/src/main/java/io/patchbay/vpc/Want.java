package io.patchbay.vpc;

import io.patchbay.vpc.pool.Demand;

/// So many addresses of a kind for one attachment.
record Want(Demand demand, int count) {}
