package io.patchbay.kernel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A test in two network namespaces of its own, a host's and a pod's: what we do there, and what
/// their own commands tell of it.
abstract class InTwoNetns {
    PrivateNetns near;
    PrivateNetns far;
    OpenNetns host;
    OpenNetns pod;

    @BeforeEach
    void open() {
        near = PrivateNetns.create();
        far = PrivateNetns.create();
        host = near.open();
        pod = far.open();
    }

    @AfterEach
    void close() {
        pod.close();
        host.close();
        near.close();
        far.close();
    }
}
