package io.patchbay.kernel.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/// Whether a vhost-user back-end answers at a socket. It is asked for its features, as a guest does
/// first, and left; nothing is set up. Source: QEMU, docs/interop/vhost-user.rst.
public final class VhostUserProbe {
    /// VHOST_USER_F_PROTOCOL_FEATURES.
    private static final long HAS_PROTOCOL_FEATURES = 1L << 30;

    /// VHOST_USER_PROTOCOL_F_MQ.
    private static final long HAS_QUEUES = 1;

    private static final int PATH_LENGTH = 107;
    private static final int SOCKET = 0140000;
    private static final int KIND = 0170000;

    private final SocketChannel channel;
    private final Path path;

    private VhostUserProbe(SocketChannel channel, Path path) {
        this.channel = channel;
        this.path = path;
    }

    /// @param patience for all of it
    public static Finding probe(Path path, Duration patience) {
        Optional<String> whyNot = whyNot(path);
        if (whyNot.isPresent()) {
            return Finding.unusable(whyNot.get());
        }
        Timer timer = new Timer("deadline", true);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            timer.schedule(closing(channel), patience.toMillis());
            return new VhostUserProbe(channel, path).talk();
        } catch (ClosedChannelException e) {
            return Finding.unusable(
                    "there was no answer within %d ms: whoever has it open speaks no vhost-user, or hangs"
                            .formatted(patience.toMillis()));
        } catch (IOException e) {
            return Finding.unusable("it cannot be used: " + e.getMessage());
        } finally {
            timer.cancel();
        }
    }

    /// A blocking call ends when its channel is closed.
    private static TimerTask closing(SocketChannel channel) {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    channel.close();
                } catch (IOException e) {
                    // It is closed all the same.
                }
            }
        };
    }

    private static Optional<String> whyNot(Path path) {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_LENGTH) {
            return Optional.of(
                    "its path has more than the %d octets that a socket's may have"
                            .formatted(PATH_LENGTH));
        }
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("there is no such file");
            }
            int mode = ((Number) Files.getAttribute(path, "unix:mode")).intValue();
            return (mode & KIND) == SOCKET ? Optional.empty() : Optional.of("it is no socket");
        } catch (IOException e) {
            return Optional.of("it cannot be looked at: " + e);
        }
    }

    private Finding talk() throws IOException {
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            return Finding.unusable(
                    "nobody listens: the file is left over, or its maker is not up yet");
        }
        try {
            askFeatures();
            VhostUserMessage answer = VhostUserMessage.receive(channel);
            return answer.isReply() ? backEnd(answer.payload()) : frontEnd(answer);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (VhostUserMessage.Garbage e) {
            return Finding.unusable("what answers speaks no vhost-user: " + e.getMessage());
        } catch (IOException e) {
            return Finding.unusable("whoever listens hangs up at once");
        }
    }

    /// Who hangs up on the question may have said something before.
    private void askFeatures() throws IOException {
        try {
            VhostUserMessage.ask(channel, VhostUserMessage.GET_FEATURES);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return;
        }
    }

    private Finding backEnd(long features) throws IOException {
        StringBuilder sentence =
                new StringBuilder(
                        "a vhost-user back-end answers: features 0x%x".formatted(features));
        if ((features & HAS_PROTOCOL_FEATURES) != 0) {
            long protocol = ask(VhostUserMessage.GET_PROTOCOL_FEATURES);
            sentence.append(", protocol features 0x%x".formatted(protocol));
            if ((protocol & HAS_QUEUES) != 0) {
                sentence.append(", %d queue pairs".formatted(ask(VhostUserMessage.GET_QUEUE_NUM)));
            }
        }
        return Finding.usable(sentence.toString());
    }

    private long ask(int request) throws IOException {
        VhostUserMessage.ask(channel, request);
        return VhostUserMessage.receive(channel).payload();
    }

    private static Finding frontEnd(VhostUserMessage question) {
        return Finding.unusable(
                "a guest waits there itself for a back-end (it asks request %d): connect net_vhost with client=1, and no guest"
                        .formatted(question.request()));
    }
}
