package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.socket.Request;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.KernelException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalInt;

/// Opens the namespace that a request is about: by the descriptor that came along, for the path may
/// mean nothing in our mount namespace, else by its path.
record PodNamespaces(Kernel kernel) {
    private static final Logger LOG = System.getLogger(PodNamespaces.class.getName());

    /// For ADD and CHECK. Refuses with 3 a namespace that is gone, with 4 what is none, with 8 the
    /// node's own.
    OpenNetns get(CniRequest call, Request request) {
        String path = call.netns().orElseThrow();
        OpenNetns pod;
        try {
            pod = open(request.takeDescriptor(), path);
        } catch (KernelException e) {
            throw refusal(path, e);
        }
        if (isHost(pod)) {
            pod.close();
            throw new CniException(
                    Standard.INVALID_NETNS,
                    "CNI_NETNS \"%s\" is the node's own network namespace: a pod has one of its own"
                            .formatted(path));
        }
        return pod;
    }

    /// For DEL, which does without one that cannot be had.
    Optional<OpenNetns> find(CniRequest call, Request request) {
        OptionalInt descriptor = request.takeDescriptor();
        String path = call.netns().orElse("");
        if (descriptor.isEmpty() && path.isEmpty()) {
            return Optional.empty();
        }
        try {
            OpenNetns pod = open(descriptor, path);
            if (!isHost(pod)) {
                return Optional.of(pod);
            }
            pod.close();
            LOG.log(Level.WARNING, "CNI_NETNS {0} of a DEL is the node''s own: not touched", path);
        } catch (KernelException e) {
            LOG.log(Level.DEBUG, "a DEL goes without its namespace: {0}", e.getMessage());
        }
        return Optional.empty();
    }

    private OpenNetns open(OptionalInt descriptor, String path) {
        return descriptor.isPresent()
                ? kernel.adopt(descriptor.getAsInt(), path)
                : kernel.open(path);
    }

    private boolean isHost(OpenNetns pod) {
        return pod.inode() == kernel.host().inode();
    }

    private static CniException refusal(String path, KernelException failure) {
        if (failure.isAbsent()) {
            return new CniException(
                    Standard.UNKNOWN_CONTAINER,
                    "CNI_NETNS \"%s\" is gone: the sandbox has ended".formatted(path),
                    failure);
        }
        if (failure.errno() == KernelException.EINVAL) {
            return new CniException(
                    Standard.INVALID_ENVIRONMENT,
                    "CNI_NETNS \"%s\" is no network namespace".formatted(path),
                    failure);
        }
        return new CniException(
                Standard.IO_FAILURE, "CNI_NETNS \"%s\" cannot be opened".formatted(path), failure);
    }
}
