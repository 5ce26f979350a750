/// A real Kubernetes on this machine: a control plane, alone or with nodes whose pods run.
@NullMarked
package io.patchbay.cluster;

import org.jspecify.annotations.NullMarked;
