// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why a user other than root could change what a path leads to: the file, a directory on the way, a link, or a name
/// that is not there yet.
package enum Hazard: Reason {
    /// The file or directory belongs to this user.
    case owned(FilePath, by: UInt32)
    /// Every user may write to it; `mode` is the permission bits.
    case worldWritable(FilePath, mode: UInt32)
    /// The members of this group may write to it; `mode` is the permission bits.
    case groupWritable(FilePath, group: UInt32, mode: UInt32)
    /// It does not exist, and those who may write to the directory can make it; `mode` is the directory's permission
    /// bits.
    case creatable(FilePath, in: FilePath, mode: UInt32)
    /// It is on a FUSE file system of this user, whose program decides what is in its files.
    case mountedByUser(FilePath, by: UInt32)

    package var code: ReasonCode {
        switch self {
        case .owned: .ownedByUser
        case .worldWritable: .worldWritable
        case .groupWritable: .groupWritable
        case .creatable: .creatableByOthers
        case .mountedByUser: .mountedByUser
        }
    }
}
