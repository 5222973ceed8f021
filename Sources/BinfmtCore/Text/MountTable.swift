// SPDX-License-Identifier: Apache-2.0

/// Parses /proc's files about mounts (proc(5)).
package enum MountTable {
    /// The ID of the mount that an open file is on.
    ///
    /// - Parameter text: the content of the file's /proc/PID/fdinfo/FD.
    package static func number(inFileInfo text: [UInt8]) -> Substring? {
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("mnt_id:") }?.split(whereSeparator: \.isWhitespace).last
    }

    /// Whether the file system of a mount is read-only for every process. A read-only mount does not suffice: in the
    /// sandbox of systemd's `ProtectSystem=strict` nearly all mounts are, but only for that process.
    ///
    /// - Parameter text: the content of /proc/PID/mountinfo: `36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root
    ///   ro,errors=continue`.
    package static func isFileSystemReadOnly(mount number: Substring, inMountInfo text: [UInt8]) -> Bool {
        let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("\(number) ") }
        return line?.split(separator: " ").last?.split(separator: ",").first == "ro"
    }
}
