// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// The standard descriptors.
package enum StandardFiles {
    /// Fills those that are closed, so that no file that is opened later gets the number of one: output meant for a
    /// reader could reach the kernel's registry. A read or write of what fills them fails.
    package static func fill() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // It gets the lowest free number. A program that this process executes finds it closed as before.
            _ = open("/", Int32(BINFMT_O_PATH) | O_CLOEXEC)
        }
    }
}
