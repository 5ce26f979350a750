"""What a peer in the kernel asks over UDP, one line for each answer: client.py INTERFACE ADDRESS"""
import array
import fcntl
import socket
import struct
import sys

SIOCETHTOOL, ETHTOOL_STXCSUM = 0x8946, 0x17
interface, address = sys.argv[1:]

# A veth leaves checksums to a card that it does not have.
off = array.array("B", struct.pack("=II", ETHTOOL_STXCSUM, 0))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    request = struct.pack("16sP", interface.encode(), off.buffer_info()[0]) + bytes(16)
    fcntl.ioctl(control, SIOCETHTOOL, request)


def checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def inner(source, destination, ports, text):
    udp = struct.pack(">HHHH", *ports, 8 + len(text), 0) + text
    header = struct.pack(">BBHIBBH4s4s", 0x45, 0, 20 + len(udp), 0, 64, 17, 0, source, destination)
    return header[:10] + struct.pack(">H", checksum(header)) + header[12:] + udp


def gtpu(kind, teid, payload):
    return struct.pack(">BBHI", 0x30, kind, len(payload), teid) + payload


def ask(name, port, question):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        for _ in range(30):
            client.sendto(question, (address, port))
            try:
                answer, sender = client.recvfrom(2048)
            except TimeoutError:
                continue
            print(name, sender[0], sender[1], answer.hex(), flush=True)
            return
    print(name, "is not answered", flush=True)


ue, server = socket.inet_aton("172.16.0.9"), socket.inet_aton("192.0.2.5")
ask("udp", 7, b"hello")
ask("echo", 2152, bytes.fromhex("3201000400000000beef0000"))
ask("gpdu", 2152, gtpu(255, 0x11223344, inner(ue, server, (4000, 53), b"query")))
print("expected", gtpu(255, 0xCAFE, inner(server, ue, (53, 4000), b"query")).hex(), flush=True)
