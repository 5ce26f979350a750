/// A Kubernetes control plane without a cluster around it: etcd, kube-apiserver, kubectl.
@NullMarked
package io.patchbay.cluster;

import org.jspecify.annotations.NullMarked;
