"""証明書発行アプリ: fetches and renews a user's certificate with log-in password and one-time password."""

from mock_apps.base import Package

PACKAGE = Package(
    name="issuing_app",
    title="証明書発行アプリケーション",
    version="1.0.0",
    folder="C:¥Program Files (x86)¥証明書発行¥",
    scheme="certissue",
)
