package io.patchbay.cluster;

import java.util.List;

/// Somebody whom the API server knows by a token that lasts as long as the control plane. What a
/// user may do is told by the roles that a test binds to the name or a group.
public record User(String name, List<String> groups) {
    /// May do everything. Every control plane has it.
    public static final User ADMIN = new User("admin", List.of("system:masters"));

    public User {
        groups = List.copyOf(groups);
    }

    public static User of(String name, String... groups) {
        return new User(name, List.of(groups));
    }
}
