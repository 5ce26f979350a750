package io.patchbay.kit.rule;

/// A group of rules, tried on a candidate.
public interface Rules {
    Candidate candidate();
}
