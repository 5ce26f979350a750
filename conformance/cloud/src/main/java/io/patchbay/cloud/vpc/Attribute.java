package io.patchbay.cloud.vpc;

import java.util.List;

/// What of an interface can be changed once it is there.
public sealed interface Attribute {
    record Description(String text) implements Attribute {}

    record SourceDestCheck(boolean on) implements Attribute {}

    record Tracking(ConnectionTracking times) implements Attribute {}

    record Groups(List<String> groups) implements Attribute {
        public Groups {
            groups = List.copyOf(groups);
        }
    }

    record DeleteOnTermination(String attachment, boolean on) implements Attribute {}
}
