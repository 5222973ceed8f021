// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import SystemPackage

/// The text of a file of proc(5), as a whole: Foundation stops after a page where the size is 0.
package func procText(_ path: String) throws -> String {
    String(decoding: try Files.read(FilePath(path)), as: UTF8.self)
}
