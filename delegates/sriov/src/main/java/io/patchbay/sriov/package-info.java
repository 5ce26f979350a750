/// Devices that are lent to pods, and given back as they were.
@NullMarked
package io.patchbay.sriov;

import org.jspecify.annotations.NullMarked;
