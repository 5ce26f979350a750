package io.patchbay.bench;

/// A subject that attaches all interfaces of a pod by one call of its plugin.
interface OneCall extends Subject {
    void call(String command, Pod pod, Course course);

    @Override
    default void add(Pod pod, Course course) {
        call("ADD", pod, course);
    }

    @Override
    default void del(Pod pod, Course course) {
        call("DEL", pod, course);
    }
}
