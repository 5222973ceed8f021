// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension ConfigSchema {
    /// Where it is installed together with this program.
    static let path: FilePath = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { return usual }
        return installed(with: FilePath(platformString: buffer))
    }()
}
