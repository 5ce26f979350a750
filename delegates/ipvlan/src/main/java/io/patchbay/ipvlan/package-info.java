/// Links on a parent, made straight in the pod: the types `ipvlan`, `macvlan`, `vlan`.
@NullMarked
package io.patchbay.ipvlan;

import org.jspecify.annotations.NullMarked;
