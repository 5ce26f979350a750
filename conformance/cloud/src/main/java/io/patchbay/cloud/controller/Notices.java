package io.patchbay.cloud.controller;

import io.patchbay.cloud.controller.ControlPlane.EventType;
import io.patchbay.cloud.controller.ControlPlane.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Tells events, each once for as long as nothing else is to be told of its object. For one thread.
final class Notices {
    private final ControlPlane plane;
    private final Map<String, String> last = new HashMap<>();

    Notices(ControlPlane plane) {
        this.plane = plane;
    }

    void warn(Subject subject, String reason, String sentence) {
        tell(subject, EventType.WARNING, reason, sentence);
    }

    void tell(Subject subject, EventType type, String reason, String sentence) {
        if (!sentence.equals(last.put(subject.uid(), sentence))) {
            plane.event(subject, type, reason, sentence);
        }
    }

    /// Forgets what is no more.
    void retain(Set<String> uids) {
        last.keySet().retainAll(uids);
    }
}
