// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// The part of a stat(2) result that changes with a file's content. While it is equal, content that was read is up to
/// date.
struct FileStamp: Hashable {
    private let identity: FileIdentity
    private let mode: UInt32
    private let owner: UInt32
    private let group: UInt32

    init(_ stat: Stat) {
        identity = FileIdentity(stat)
        mode = stat.mode.rawValue
        owner = stat.userID.rawValue
        group = stat.groupID.rawValue
    }

    /// Whether every later change is certain to give another stamp. A change within the clock tick of the last one may
    /// leave the same times, so that a file read so soon after its change is read again (as git does with its index).
    ///
    /// - Parameter now: the clock's last tick, taken before the stamp was.
    func isSettled(at now: FileTime) -> Bool {
        guard let changed = identity.changed else { return false }
        // A file system without fractions of seconds stores full seconds, or steps of two seconds (vfat).
        let margin: Int64 = changed.nanoseconds == 0 ? 2 : 0
        return (changed.seconds + margin, changed.nanoseconds) < (now.seconds, now.nanoseconds)
    }
}

extension FileTime {
    init(_ time: timespec) { self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec)) }
}

extension FileIdentity {
    init(_ stat: Stat) {
        self.init(
            device: UInt64(stat.deviceID.rawValue), inode: UInt64(stat.inode.rawValue), size: stat.size,
            modified: FileTime(stat.st_mtim), changed: FileTime(stat.st_ctim))
    }
}
