package io.patchbay.cloud.controller;

import java.time.Duration;

/// The cluster as the controller sees it and changes it. What cannot be done now throws, and is
/// tried again. Safe from any thread.
public interface ControlPlane extends AutoCloseable {
    /// What is told by an event.
    enum EventType {
        NORMAL,
        WARNING
    }

    /// What an event is about.
    ///
    /// @param namespace empty for a node
    record Subject(String kind, String namespace, String name, String uid) {
        static Subject of(Pod pod) {
            return new Subject("Pod", pod.namespace(), pod.name(), pod.uid());
        }

        static Subject node(String name) {
            return new Subject("Node", "", name, name);
        }
    }

    ClusterState now();

    /// Waits until the cluster is no more as it was seen, or for so long at most.
    void await(ClusterState seen, Duration atMost) throws InterruptedException;

    /// Sets a pod's annotation. A pod of another uid, or one that is gone, stays as it is: that is
    /// seen by `now()` at last.
    void annotate(Pod pod, String branch);

    /// Sets how many branches a node has room for.
    void capacity(String node, int branches);

    void event(Subject subject, EventType type, String reason, String sentence);

    @Override
    void close();
}
