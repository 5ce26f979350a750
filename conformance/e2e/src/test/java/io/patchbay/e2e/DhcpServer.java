package io.patchbay.e2e;

import io.patchbay.spi.net.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A DHCP server with one address to give, which it tells in broadcasts. Source: RFC 2131, and 2132
/// for the options.
final class DhcpServer implements AutoCloseable {
    static final int LEASE_SECONDS = 6;

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int COOKIE = 0x63825363;
    private static final int OPTIONS = 240;
    private static final int OF_CLIENT = 12;
    private static final int YOUR_ADDRESS = 16;
    private static final int MESSAGE_TYPE = 53;
    private static final int LARGEST = 1500;

    /// What a client says, by the number of option 53; a renewal is a request of one that has its
    /// address.
    enum Said {
        DISCOVER,
        REQUEST,
        RENEW,
        RELEASE
    }

    private final byte[] own;
    private final byte[] given;
    private final DatagramSocket in;
    private final DatagramSocket out;
    private final List<Said> heard = new CopyOnWriteArrayList<>();

    /// @param netns of the server
    /// @param own its address, which it tells as the gateway
    /// @param given the address to lease, in the same /24
    DhcpServer(Netns netns, String own, String given) {
        this.own = octets(own);
        this.given = octets(given);
        this.in = netns.inside(() -> open("0.0.0.0"));
        this.out = netns.inside(() -> open(own));
        Thread.ofPlatform().daemon().name("DHCP server").start(this::serve);
    }

    private static byte[] octets(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One for each direction: broadcasts come to the wildcard, and leave by an address's link.
    private static DatagramSocket open(String address) {
        try {
            DatagramSocket socket = new DatagramSocket(null);
            socket.setReuseAddress(true);
            socket.setBroadcast(true);
            socket.bind(new InetSocketAddress(address, SERVER_PORT));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasHeard(Said said) {
        return heard.contains(said);
    }

    private void serve() {
        byte[] buffer = new byte[LARGEST];
        while (!in.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                in.receive(packet);
                answer(Arrays.copyOf(buffer, packet.getLength()));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private void answer(byte[] message) throws IOException {
        int type = option(message, MESSAGE_TYPE);
        boolean knows = ByteBuffer.wrap(message).getInt(OF_CLIENT) != 0;
        switch (type) {
            case 1 -> reply(Said.DISCOVER, message, 2);
            case 3 -> reply(knows ? Said.RENEW : Said.REQUEST, message, 5);
            case 7 -> heard.add(Said.RELEASE);
            default -> throw new IllegalStateException("DHCP message of type " + type);
        }
    }

    private static int option(byte[] message, int wanted) {
        int at = OPTIONS;
        while (message[at] != wanted) {
            at += message[at + 1] + 2;
        }
        return message[at + 2];
    }

    private void reply(Said said, byte[] asked, int type) throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(OPTIONS + 64);
        // Hardware type and address, transaction and flags are the client's.
        reply.put(asked, 0, OPTIONS).put(0, (byte) 2);
        reply.put(YOUR_ADDRESS, given).putInt(OPTIONS - 4, COOKIE);
        reply.put(new byte[] {MESSAGE_TYPE, 1, (byte) type});
        reply.put(new byte[] {54, 4}).put(own);
        reply.put(new byte[] {51, 4}).putInt(LEASE_SECONDS);
        reply.put(new byte[] {1, 4, -1, -1, -1, 0});
        reply.put(new byte[] {3, 4}).put(own);
        reply.put((byte) 255);
        out.send(
                new DatagramPacket(
                        reply.array(),
                        reply.capacity(),
                        new InetSocketAddress("255.255.255.255", CLIENT_PORT)));
        heard.add(said);
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
