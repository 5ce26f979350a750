package io.patchbay.vpc.ec2;

import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.CloudException.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Turns what the SDK throws into what it means.
///
/// @param action the call of EC2's API
/// @param object what it was about
record Failures(String action, String object) {

    CloudException of(Throwable thrown) {
        return told(thrown)
                .orElseGet(() ->
                        switch (thrown) {
                            case AwsServiceException refusal -> refused(refusal);
                            default -> unanswered(thrown);
                        });
    }

    /// One of our own, such as that there are no credentials, however the SDK has wrapped it.
    private static Optional<CloudException> told(Throwable thrown) {
        return causes(thrown)
                .filter(CloudException.class::isInstance)
                .map(CloudException.class::cast)
                .findFirst();
    }

    private CloudException refused(AwsServiceException refusal) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refusal.awsErrorDetails());
        Optional<String> code =
                details.flatMap(given -> Optional.ofNullable(given.errorCode()))
                        .filter(name -> !name.isBlank());
        Reason reason = Refusals.reason(action, code, refusal.statusCode());
        String words =
                details.flatMap(given -> Optional.ofNullable(given.errorMessage()))
                        .map(Refusals::words)
                        .orElse("without a word");
        return new CloudException(
                reason,
                "EC2 refused %s of %s with %s, status %d (%s; request %s): %s"
                        .formatted(
                                action,
                                object,
                                code.orElse("no code"),
                                refusal.statusCode(),
                                words,
                                Optional.ofNullable(refusal.requestId()).orElse("without an id"),
                                Refusals.advice(action, code, reason)),
                refusal);
    }

    private CloudException unanswered(Throwable thrown) {
        // Whatever is not of the network is of the answer: the requests are always the same.
        boolean silent = causes(thrown).anyMatch(IOException.class::isInstance);
        return silent ? silent(thrown) : garbled(Refusals.words(thrown.getMessage()), thrown);
    }

    private CloudException silent(Throwable thrown) {
        return new CloudException(
                Reason.SILENT,
                "EC2 gave no answer to %s of %s (%s): see whether its endpoint can be reached from this node"
                        .formatted(action, object, Refusals.words(thrown.getMessage())),
                thrown);
    }

    CloudException late(long seconds) {
        return new CloudException(
                Reason.SILENT,
                "EC2 gave no answer to %s of %s within %d s: see whether its endpoint can be reached from this node"
                        .formatted(action, object, seconds));
    }

    CloudException interrupted(InterruptedException cause) {
        return new CloudException(
                Reason.SILENT,
                "interrupted while EC2 was to answer %s of %s".formatted(action, object),
                cause);
    }

    CloudException garbled(String what) {
        return new CloudException(Reason.GARBLED, garbledSentence(what));
    }

    private CloudException garbled(String what, Throwable cause) {
        return new CloudException(Reason.GARBLED, garbledSentence(what), cause);
    }

    private String garbledSentence(String what) {
        return "EC2's answer to %s of %s is not what it answers (%s): %s"
                .formatted(
                        action,
                        object,
                        what,
                        Refusals.advice(action, Optional.empty(), Reason.GARBLED));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }
}
