/// The PCI functions of the machine, as sysfs has them.
@NullMarked
package io.patchbay.kernel.pci;

import org.jspecify.annotations.NullMarked;
