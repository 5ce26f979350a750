package io.patchbay.meta.jar;

import java.util.List;

/// What a look at the third parties' jars came to.
///
/// @param providers those that are new
/// @param refused types of jars that are not loaded
/// @param problems why some jars, or some of their providers, are not loaded
public record Found(
        List<ContainedProvider<?>> providers, List<Refused> refused, List<String> problems) {
    public Found {
        providers = List.copyOf(providers);
        refused = List.copyOf(refused);
        problems = List.copyOf(problems);
    }

    /// A type that a jar has, and cannot serve.
    ///
    /// @param sentence why, and what to do
    public record Refused(String type, String jar, String sentence) {}
}
