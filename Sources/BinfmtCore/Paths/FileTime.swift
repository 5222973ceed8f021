// SPDX-License-Identifier: Apache-2.0

/// A file system's time: seconds and nanoseconds since 1970.
package struct FileTime: Hashable, Sendable {
    package let seconds: Int64
    package let nanoseconds: Int64

    package init(seconds: Int64, nanoseconds: Int64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }
}
