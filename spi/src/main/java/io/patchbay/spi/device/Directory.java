package io.patchbay.spi.device;

import java.util.Optional;

/// A directory of the node as the kernel shows it. Its identity is its inode; its name may change.
///
/// @param mounted whether it is mounted here, rather than made here
public record Directory(Identity identity, Access access, boolean mounted) {

    /// @param device of the file system, as `stat(2)` numbers it: major times 2^32 plus minor
    public record Identity(long device, long inode) {}

    /// Who may do what in it.
    ///
    /// @param mode the permission bits, with the sticky bit and its like
    /// @param label of SELinux; empty where it has none
    public record Access(int mode, int uid, int gid, Optional<String> label) {
        private static final int BITS = 07777;

        public Access {
            if ((mode & ~BITS) != 0) {
                throw new IllegalArgumentException("mode %o has other bits".formatted(mode));
            }
        }

        @Override
        public String toString() {
            return "mode %04o, owner %d:%d%s"
                    .formatted(mode, uid, gid, label.map(text -> ", SELinux " + text).orElse(""));
        }
    }
}
