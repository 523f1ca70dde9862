from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("releases", "0001_initial"),)

    operations = (
        migrations.AddField("release", "cases", models.JSONField(blank=True, null=True, verbose_name="算例结果")),
        migrations.AddField(
            "release", "cases_at", models.DateTimeField(blank=True, null=True, verbose_name="算例运行时间")
        ),
    )
