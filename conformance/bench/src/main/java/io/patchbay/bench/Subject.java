package io.patchbay.bench;

/// A way to attach a pod that is measured against others.
interface Subject {
    String name();

    /// Attaches the interfaces of a pod; a failure is an exception with the plugin's words.
    void add(Pod pod, Course course);

    void del(Pod pod, Course course);

    /// A sandbox: its id and the path of its namespace.
    record Pod(String containerId, String netns) {}
}
