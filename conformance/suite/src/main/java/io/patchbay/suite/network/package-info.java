/// The profile of the multi-network specification: a meta plugin, with pods and networks.
@NullMarked
package io.patchbay.suite.network;

import org.jspecify.annotations.NullMarked;
