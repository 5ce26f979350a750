/// Links, routes and rules: the interfaces of the node, and the pods behind them.
@NullMarked
package io.patchbay.vpc.plumbing;

import org.jspecify.annotations.NullMarked;
