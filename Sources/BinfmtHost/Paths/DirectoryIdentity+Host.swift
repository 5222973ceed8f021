// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension DirectoryIdentity {
    init(_ stat: Stat) {
        self.init(device: UInt64(stat.deviceID.rawValue), inode: UInt64(stat.inode.rawValue))
    }

    /// The root directory of this process; nil if it cannot be looked at.
    package static var root: DirectoryIdentity? { (try? Stat("/")).map(DirectoryIdentity.init) }
}
