/// The kernel of this machine as a port: namespaces, and two descriptors' tricks Java lacks.
@NullMarked
package io.patchbay.kernel;

import org.jspecify.annotations.NullMarked;
