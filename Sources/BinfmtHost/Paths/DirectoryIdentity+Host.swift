// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension RootDirectory {
    /// Nil if it cannot be looked at.
    package static var ofThisProcess: RootDirectory? {
        (try? Stat("/")).map { RootDirectory(device: UInt64($0.deviceID.rawValue), inode: UInt64($0.inode.rawValue)) }
    }
}
